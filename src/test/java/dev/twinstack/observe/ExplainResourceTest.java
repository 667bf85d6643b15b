package dev.twinstack.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.operator.AddressUse;
import dev.twinstack.operator.ControllerView;
import dev.twinstack.operator.ExplainAnswer;
import dev.twinstack.operator.ServiceExplanation;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainResourceTest {

    @Test
    void eachAnswerHasItsStatus() {
        ServiceExplanation why =
                new ServiceExplanation(
                        new ServiceKey("shop", "web"),
                        "because",
                        Optional.empty(),
                        Optional.empty());

        assertThat(ask(new ExplainAnswer.Found(why)).getStatus()).isEqualTo(200);
        expect(new ExplainAnswer.NoService(), 404, "there is no Service shop/web");
        expect(
                new ExplainAnswer.LabelsUnknown(),
                503,
                "the labels of namespace shop are not known yet");
        expect(new ExplainAnswer.NotLeading(), 503, "this process is not the leading controller");
    }

    private static void expect(ExplainAnswer answer, int status, String text) {
        Response response = ask(answer);
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getEntity()).isEqualTo(Map.of("error", text));
    }

    private static Response ask(ExplainAnswer answer) {
        return new ExplainResource(new Answering(answer)).explain("shop", "web");
    }

    /// A controller that leads, and answers this.
    private record Answering(ExplainAnswer answer) implements ControllerView {

        @Override
        public boolean leads() {
            return true;
        }

        @Override
        public List<PoolEntry> pools() {
            return List.of();
        }

        @Override
        public List<ServiceEntry> services() {
            return List.of();
        }

        @Override
        public List<AddressUse> addresses() {
            return List.of();
        }

        @Override
        public ExplainAnswer explain(String namespace, String name) {
            return answer;
        }
    }
}
