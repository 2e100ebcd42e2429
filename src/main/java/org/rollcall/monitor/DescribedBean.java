package org.rollcall.monitor;

import java.lang.reflect.Method;
import java.util.Arrays;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.StandardMBean;

/** An MXBean that says what {@link Said} says. */
final class DescribedBean extends StandardMBean {
  <T> DescribedBean(T bean, Class<T> shape) {
    super(bean, shape, true);
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    Said said = getMBeanInterface().getAnnotation(Said.class);
    return said == null ? info.getDescription() : said.value();
  }

  @Override
  protected String getDescription(MBeanAttributeInfo info) {
    return said((info.isIs() ? "is" : "get") + info.getName());
  }

  @Override
  protected String getDescription(MBeanOperationInfo info) {
    return said(info.getName());
  }

  @Override
  protected int getImpact(MBeanOperationInfo info) {
    return MBeanOperationInfo.ACTION;
  }

  private String said(String method) {
    return Arrays.stream(getMBeanInterface().getMethods())
        .filter(found -> found.getName().equals(method))
        .map(DescribedBean::said)
        .findFirst()
        .orElse(method);
  }

  private static String said(Method method) {
    Said said = method.getAnnotation(Said.class);
    return said == null ? method.getName() : said.value();
  }
}
