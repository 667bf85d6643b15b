package dev.twinstack.testing.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The directory with etcd, kube-apiserver and kubectl: `-Dlab.bin`, else the newest one that
/// `lab/get-tools` keeps in the cache.
record LabBinaries(Path directory) {

    static LabBinaries find() {
        String property = System.getProperty("lab.bin", "");
        Path directory =
                property.isBlank()
                        ? cached().orElseThrow(() -> missing("no directory in the cache"))
                        : Path.of(property);
        LabBinaries binaries = new LabBinaries(directory);
        for (String name : new String[] {"etcd", "kube-apiserver", "kubectl"}) {
            if (!Files.isExecutable(directory.resolve(name))) {
                throw missing("no " + name + " in " + directory);
            }
        }
        return binaries;
    }

    String path(String name) {
        return directory.resolve(name).toString();
    }

    private static Optional<Path> cached() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path cache =
                configured == null
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(configured);
        Path versions = cache.resolve("twinstack").resolve("k8s");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> directories = Files.list(versions)) {
            return directories
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException(
                "The integration tests need a real API server: "
                        + what
                        + ". Run lab/get-tools and pass the directory it prints as -Dlab.bin=DIR.");
    }
}
