package dev.skein.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.event.Cursor;
import dev.skein.event.Event;
import dev.skein.event.GuardEvent;
import dev.skein.event.SessionState;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.RunFailure;
import dev.skein.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WF-79")
class StatusPageTest {
    private static final RunFiles.Program PROGRAM =
            new RunFiles.Program("Pool.java", 41211, "rt", "0.1.0", _ -> "");

    private final Story story = new Story(() -> Instant.parse("2026-03-02T10:14:07Z"));
    private final Story.Run root = story.root(Story.ROOT, "worker-pool");

    @AfterEach
    void close() {
        story.close();
    }

    private RunPicture picture() throws InterruptedException {
        var overview = new RunOverview(story.journal::content);
        try (var reader = story.journal.read(new Cursor.OfTree(Story.ROOT, 0))) {
            for (var next = reader.next(Duration.ZERO);
                    next.isPresent();
                    next = reader.next(Duration.ZERO)) overview.see(next.get());
        }
        return overview.picture().orElseThrow();
    }

    private String page() throws InterruptedException {
        return StatusPage.of(picture(), PROGRAM, "Writes haikus with two workers.");
    }

    /** A run of which there is everything to say. */
    private void tellAll() {
        var worker = story.session(story.child(root, "c1", "t0001"), "worker");
        var monitor = story.session(root, "monitor");
        story.tell(root, new WorkflowEvent.Connected(monitor, worker));
        var schema =
                Json.parse(
                        """
                        {"properties":{"spec":{"type":"string"},
                        "priority":{"type":"integer","default":0}},"required":["spec"]}\
                        """);
        story.tell(
                root,
                new WorkflowEvent.EndpointExposed(
                        "add_task", "Queue one task.\nMore of it.", schema, false));
        var arguments = story.text(root, "application/json", "{\"spec\":\"haiku\",\"priority\":3}");
        story.tell(
                root, new WorkflowEvent.EndpointCalled("c", "add_task", arguments, "external:cli"));
        story.tell(
                root,
                new WorkflowEvent.EndpointReturned(
                        "c", "add_task", Duration.ofMillis(3), null, null));
        story.tell(
                root, new GuardEvent.ApprovalAsked("a1", "c", "pay", arguments, List.of("policy")));
    }

    @Test
    void itSaysAllThatThereIsToKnow() throws InterruptedException {
        tellAll();
        assertThat(page())
                .startsWith(
                        "# 7k2m9q4c worker-pool\n\nA run of the workflow worker-pool in Skein, ")
                .contains(
                        "- Status: input_required\n",
                        "- Run: " + Story.ROOT + "\n",
                        "- Program: Pool.java, pid 41211\n",
                        "- Started: 2026-03-02 10:14:07 UTC\n",
                        "- Summary: Writes haikus with two workers.\n",
                        "\n## Endpoints\n\n- `add_task(spec: string, priority: integer = 0)`:"
                                + " Queue one task.\n\n",
                        "\n## Sessions\n\n- monitor: idle, agent agent-monitor, in the program\n",
                        "\n## Children\n\n- t0001 (run-task): working\n",
                        "\n## Connections\n\n- worker-pool/monitor → worker-pool/t0001/worker\n",
                        "\n## Approvals waiting\n\n- worker-pool asks for"
                                + " `pay {\"spec\":\"haiku\",\"priority\":3}`: policy (approval a1)\n",
                        "\n## Last endpoint calls\n\n- 10:14:07"
                                + " `add_task(spec=\"haiku\", priority=3)` by external:cli → ok\n",
                        "\n## Last events\n\n- 10:14:07 #1 worker-pool run_submitted ",
                        "\n## Spend\n\n$0, 0 tokens\n",
                        "\n## How to interact\n\n- `skein status -i 7k2m9q4c`\n",
                        "- `skein send -i 7k2m9q4c monitor \"…\"`\n",
                        "- `skein call -i 7k2m9q4c add_task`\n",
                        "- `skein cancel -i 7k2m9q4c`\n");
    }

    @Test
    void theLastTextSaysHowItEnded() throws InterruptedException {
        story.change(root, story.session(root, "w"), SessionState.IDLE, SessionState.ENDED);
        story.failed(root, new RunFailure.GaveUp("too hard"));
        assertThat(page())
                .contains("- Status: failed: run.gave_up\n", "- Failure: Gave up: too hard")
                .doesNotContain("skein cancel", "skein send");
    }

    @Test
    void aRunWhoseProgramDiedIsLost() throws InterruptedException {
        story.child(root, "c1", "t0001");
        var page = StatusPage.of(picture().asLost(), PROGRAM, "");
        assertThat(page)
                .contains("- Status: lost\n", "- t0001 (run-task): lost\n")
                .doesNotContain("skein cancel", "- Summary");
    }

    @Test
    void textOfStrangersIsCutAndHarmless() throws InterruptedException {
        var evil = "`x` **b** [l](u) <script>\n# head\u001b[31m \u202e" + "y".repeat(300);
        story.tell(root, new Event.Emitted("note", Json.of(evil)));
        story.tell(root, new WorkflowEvent.EndpointExposed("f", evil, Story.NO_ARGUMENTS, true));
        var page = page();
        assertThat(page).doesNotContain("\u001b", "\u202e", "<script>", "\n# head");
        assertThat(page).contains("\\<script\\>", "\\*\\*b\\*\\*");
        assertThat(page.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(500));
        assertThat(page).contains("…");
    }

    @Test
    void whatLooksLikeASecretIsNotShown() throws InterruptedException {
        var key = "sk-ant-api03-" + "c4n4ry".repeat(12);
        var arguments = "{\"password\":\"c4n4ry two\",\"user\":\"bob\",\"note\":\"" + key + "\"}";
        var given = story.text(root, "application/json", arguments);
        story.tell(root, new WorkflowEvent.EndpointExposed("f", key, Story.NO_ARGUMENTS, false));
        story.tell(root, new WorkflowEvent.EndpointCalled("c", "login", given, "external:cli"));
        story.tell(root, new GuardEvent.ApprovalAsked("a1", "c", "pay", given, List.of(key)));
        story.tell(root, new Event.Emitted("note", Json.of("x".repeat(190) + key)));
        story.tell(root, new Event.Emitted("note", Json.object("api_key", "c4n4ry")));
        assertThat(page()).doesNotContain("c4n").contains("## Approvals waiting");
        story.failed(root, new RunFailure.GaveUp("the server said: token=c4n4ry"));
        var page = StatusPage.of(picture(), PROGRAM, "Uses postgres://bob:c4n4ry@db/skein");
        assertThat(page)
                .doesNotContain("c4n")
                .contains("login(password=▇▇▇, user=\"bob\", note=\"▇▇▇\")")
                .contains("- Summary: Uses postgres://bob:▇▇▇@db/skein\n")
                .contains("- Failure: Gave up: the server said: token=▇▇▇");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        var cut = Cut.line("x" + "😀".repeat(10), 5);
        assertThat(cut).isEqualTo("x😀…");
        assertThat(Cut.line("short", 5)).isEqualTo("short");
    }
}
