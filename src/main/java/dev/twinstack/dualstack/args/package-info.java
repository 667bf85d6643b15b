/// Files below MicroK8s' `args/` directory as text: flags and `cni-env`, changed line by line so
/// that everything else stays as the user wrote it.
@NullMarked
package dev.twinstack.dualstack.args;

import org.jspecify.annotations.NullMarked;
