package dev.twinstack.testing.lab;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the [LabLan] as a parameter: one for all test classes of the run, taken down after
/// the last.
public final class LanExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(LanExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LabLan.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(LabLan.class, type -> LabLan.up(), LabLan.class);
    }
}
