package dev.twinstack.addon;

/// Why an enable can't be, in words for whoever typed it.
///
/// @param argument what it is about, as it was typed
/// @param reason what is wrong with it
/// @param remedy what to do
public record Refusal(String argument, String reason, String remedy) {

    @Override
    public String toString() {
        return "%s: %s%n    %s".formatted(argument, reason, remedy);
    }
}
