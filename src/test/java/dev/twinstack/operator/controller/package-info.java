@NullMarked
package dev.twinstack.operator.controller;

import org.jspecify.annotations.NullMarked;
