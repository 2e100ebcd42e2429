package org.rollcall.route;

import org.apache.camel.CamelException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.rollcall.pace.ProviderException;
import org.rollcall.provider.Caller;
import org.rollcall.run.Run;

/** Calls {@code direct:PROVIDER-OPERATION} for a run. */
final class RouteCaller implements Caller {
  private final ProducerTemplate template;
  private final Run run;

  RouteCaller(ProducerTemplate template, Run run) {
    this.template = template;
    this.run = run;
  }

  @Override
  public Object call(String operation, Object body) {
    Exchange exchange =
        template.request(
            "direct:" + run.target().account().provider() + "-" + operation,
            request -> {
              request.setProperty(ProviderCall.RUN, run);
              request.getMessage().setBody(body);
            });
    Exception failure = exchange.getException();
    if (failure != null) {
      throw unwrapped(failure);
    }
    return exchange.getMessage().getBody();
  }

  static RuntimeException unwrapped(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProviderException provider) {
        return provider;
      }
    }
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof RuntimeCamelException || cause instanceof CamelException)) {
      cause = cause.getCause();
    }
    return cause instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(cause.getMessage(), cause);
  }
}
