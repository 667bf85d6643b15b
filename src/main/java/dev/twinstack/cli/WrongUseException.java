package dev.twinstack.cli;

/// What was asked for cannot be done as asked; the message is one line for the user.
final class WrongUseException extends RuntimeException {

    WrongUseException(String message) {
        super(message);
    }
}
