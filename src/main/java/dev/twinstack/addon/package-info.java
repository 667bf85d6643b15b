/// What `microk8s enable twinstack ...` means: the arguments judged before anything is applied, and
/// the steps that follow from them. The addon's script only runs this and carries out what it says.
/// Pure.
///
/// May import `install`, `migration`, `config`, `crd`, `net`.
@NullMarked
package dev.twinstack.addon;

import org.jspecify.annotations.NullMarked;
