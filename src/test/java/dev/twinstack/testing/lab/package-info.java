/// A real etcd and kube-apiserver on loopback, and the packaged program as a process, for
/// integration tests. Everything that is started here is stopped here, also on failure.
@NullMarked
package dev.twinstack.testing.lab;

import org.jspecify.annotations.NullMarked;
