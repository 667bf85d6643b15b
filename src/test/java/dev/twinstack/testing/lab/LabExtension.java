package dev.twinstack.testing.lab;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests a [LabCluster] as a parameter: one for all test classes of the run, stopped after
/// the last. Tests keep apart by names and namespaces of their own and tidy up after themselves.
public final class LabExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(LabExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LabCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(LabCluster.class, type -> LabCluster.start(), LabCluster.class);
    }
}
