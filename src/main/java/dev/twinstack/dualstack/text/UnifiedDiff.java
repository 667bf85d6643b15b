package dev.twinstack.dualstack.text;

import java.util.ArrayList;
import java.util.List;

/// Two texts as `diff -u` shows them, without the file header.
public final class UnifiedDiff {

    private static final int CONTEXT = 2;

    private UnifiedDiff() {}

    private record Line(char sign, String text) {}

    /// The changed parts with some lines around, each ended by a line feed; empty for equal texts.
    public static String of(String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        List<Line> lines = compare(lines(before), lines(after));
        StringBuilder diff = new StringBuilder();
        int old = 1;
        int young = 1;
        int i = 0;
        while (i < lines.size()) {
            int end = hunkEnd(lines, i);
            if (end < 0) {
                break;
            }
            int start = i;
            while (lines.get(start).sign() == ' ') {
                start++;
            }
            start = Math.max(i, start - CONTEXT);
            old += count(lines, i, start, '-');
            young += count(lines, i, start, '+');
            int oldLines = count(lines, start, end, '-');
            int youngLines = count(lines, start, end, '+');
            diff.append(
                    "@@ -%s +%s @@\n".formatted(place(old, oldLines), place(young, youngLines)));
            lines.subList(start, end)
                    .forEach(line -> diff.append(line.sign()).append(line.text()).append('\n'));
            old += oldLines;
            young += youngLines;
            i = end;
        }
        return diff.toString();
    }

    private static String place(int first, int count) {
        return (count == 0 ? first - 1 : first) + (count == 1 ? "" : "," + count);
    }

    /// Where the next hunk ends, or -1 if nothing changes from here on.
    private static int hunkEnd(List<Line> lines, int from) {
        int last = -1;
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).sign() != ' ') {
                if (last >= 0 && i - last > 2 * CONTEXT) {
                    break;
                }
                last = i;
            }
        }
        return last < 0 ? -1 : Math.min(lines.size(), last + 1 + CONTEXT);
    }

    /// How many lines of a part the old (`-`) or the new (`+`) text has.
    private static int count(List<Line> lines, int from, int to, char sign) {
        return (int)
                lines.subList(from, to).stream()
                        .filter(line -> line.sign() == sign || line.sign() == ' ')
                        .count();
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : text.lines().toList();
    }

    /// The common head and tail are taken off first: what lies between is small in our files.
    private static List<Line> compare(List<String> before, List<String> after) {
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        before.subList(0, head).forEach(text -> lines.add(new Line(' ', text)));
        lines.addAll(
                middle(
                        before.subList(head, before.size() - tail),
                        after.subList(head, after.size() - tail)));
        before.subList(before.size() - tail, before.size())
                .forEach(text -> lines.add(new Line(' ', text)));
        return lines;
    }

    /// Longest common subsequence.
    private static List<Line> middle(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] =
                        before.get(i).equals(after.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            boolean both = i < before.size() && j < after.size();
            if (both && before.get(i).equals(after.get(j))) {
                lines.add(new Line(' ', before.get(i++)));
                j++;
            } else if (j == after.size() || both && common[i + 1][j] >= common[i][j + 1]) {
                lines.add(new Line('-', before.get(i++)));
            } else {
                lines.add(new Line('+', after.get(j++)));
            }
        }
        return lines;
    }
}
