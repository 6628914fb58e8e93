package com.lpai.adapter.web;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import org.glassfish.hk2.api.ActiveDescriptor;
import org.glassfish.hk2.api.Context;
import org.glassfish.hk2.api.ServiceHandle;
import org.glassfish.hk2.api.TypeLiteral;
import org.glassfish.hk2.utilities.binding.AbstractBinder;

/**
 * What the tests' JAX-RS server lacks beside a real container: CDI's scope and servlet requests.
 */
final class TestContainer extends AbstractBinder {
  private static final String ADDRESS = "192.0.2.1";

  @Override
  protected void configure() {
    bind(DependentScope.class).to(new TypeLiteral<Context<Dependent>>() {}).in(Singleton.class);
    Object request =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                method.getName().equals("getRemoteAddr") ? ADDRESS : null);
    bind((HttpServletRequest) request).to(HttpServletRequest.class);
  }

  @Singleton
  static final class DependentScope implements Context<Dependent> {
    @Override
    public Class<? extends Annotation> getScope() {
      return Dependent.class;
    }

    @Override
    public <U> U findOrCreate(ActiveDescriptor<U> descriptor, ServiceHandle<?> root) {
      return descriptor.create(root);
    }

    @Override
    public boolean containsKey(ActiveDescriptor<?> descriptor) {
      return false;
    }

    @Override
    public void destroyOne(ActiveDescriptor<?> descriptor) {}

    @Override
    public boolean supportsNullCreation() {
      return false;
    }

    @Override
    public boolean isActive() {
      return true;
    }

    @Override
    public void shutdown() {}
  }
}
