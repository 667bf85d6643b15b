package dev.twinstack.cli;

/// A command could not do what it was asked; the message is one line for the user.
final class FailedException extends RuntimeException {

    FailedException(String message) {
        super(message);
    }
}
