package dev.twinstack.cli;

import picocli.CommandLine.IVersionProvider;

final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"twinstack " + (version == null ? "(not packaged)" : version)};
    }
}
