/// All configuration objects together become one immutable [ClusterConfig], or a list of what is
/// wrong, object by object. Webhooks, controller and speakers use the same pure function,
/// [ConfigLoader#load]. The rules are MetalLB's (its `internal/config`), but a bad object is only
/// left out and named: it never takes down a good one.
///
/// May import: crd, net, selector, allocation (`Pool`), bgp (communities, passwords, AS numbers).
@NullMarked
package dev.twinstack.config;

import org.jspecify.annotations.NullMarked;
