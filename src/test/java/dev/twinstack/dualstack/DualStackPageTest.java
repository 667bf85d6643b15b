package dev.twinstack.dualstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The plans shown in `docs/dual-stack.md` are those the planner makes. `-Ddualstack.update=true`
/// writes them anew.
class DualStackPageTest {

    private static final Path PAGE = Path.of("docs", "dual-stack.md");
    private static final Pattern SHOWN =
            Pattern.compile("<!-- plan (\\S+) -->\n.*?<!-- end -->", Pattern.DOTALL);

    @Test
    void thePageShowsThePlansAsTheyAre() throws IOException {
        String page = Files.readString(PAGE);
        String wanted = filled(page);
        if (Boolean.getBoolean("dualstack.update")) {
            Files.writeString(PAGE, wanted);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
        assertThat(wanted).contains("<!-- plan stock-1.32 -->", "<!-- plan stock-1.35 -->");
    }

    private static String filled(String page) throws IOException {
        Matcher matcher = SHOWN.matcher(page);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            Plan plan = new PlanCase(PlanCase.ROOT.resolve(matcher.group(1))).plan();
            matcher.appendReplacement(
                    filled,
                    Matcher.quoteReplacement(
                            "<!-- plan %s -->\n```diff\n%s```\n<!-- end -->"
                                    .formatted(matcher.group(1), PlanText.of(plan))));
        }
        matcher.appendTail(filled);
        return filled.toString();
    }
}
