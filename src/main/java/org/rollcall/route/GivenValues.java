package org.rollcall.route;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;

/** What {@code {{...}}} means in routes, the same when they are checked and when they run. */
public final class GivenValues {
  /** Camel's own number for: the environment only where nothing else has a value. */
  private static final int FALLBACK =
      org.apache.camel.component.properties.PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK;

  private GivenValues() {}

  /**
   * Camel by itself asks the environment first, so that {@code ROLLCALL_HOME} would send the routes
   * of {@code --home} to the queries of another home. The settings have taken the environment in
   * already, behind what the command line says.
   *
   * @param values what the settings gave, after all overrides
   */
  public static void apply(CamelContext context, Map<String, String> values) {
    Properties given = new Properties();
    given.putAll(values);
    PropertiesComponent properties = context.getPropertiesComponent();
    properties.setOverrideProperties(given);
    ((org.apache.camel.component.properties.PropertiesComponent) properties)
        .setEnvironmentVariableMode(FALLBACK);
  }
}
