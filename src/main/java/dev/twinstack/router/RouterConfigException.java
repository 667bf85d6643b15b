package dev.twinstack.router;

/// The file cannot be used; the message is one line with the place in the file.
public final class RouterConfigException extends Exception {

    RouterConfigException(String path, String reason) {
        super(path.isEmpty() ? reason : path + ": " + reason);
    }
}
