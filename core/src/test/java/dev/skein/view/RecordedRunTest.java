package dev.skein.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Ref;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.SkeinException;
import dev.skein.home.RunCard;
import dev.skein.home.RunFolder;
import dev.skein.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecordedRunTest extends RunFilesRoom {
    @Test
    @Tag("WF-77")
    void textsAreInTheLinesAndLongOnesInFilesOfTheirOwn() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        var small = story.text(root, "text/plain", "small 😀 \ud800");
        var large = story.text(root, "text/plain", "L".repeat(501));
        var widened = story.text(root, "text/plain", "\u0001".repeat(400));
        for (var ref : List.of(small, large, widened))
            story.tell(root, new WorkflowEvent.EndpointCalled("c", "f", ref, "x"));
        story.tell(root, new Event.Emitted("huge", Json.of("h".repeat(5_000))));
        story.tell(root, new Event.Emitted("mine", Json.parse(reference(small))));
        story.completed(root, "42");
        write(SMALL);
        var lines = Files.readAllLines(folder().resolve("events.jsonl"));
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(2_000));
        assertThat(lines.get(2)).contains("\"text\":\"small 😀 \\ud800\"");
        assertThat(lines.get(3)).doesNotContain("LLL");
        assertThat(names(folder().resolve("blobs"))).hasSize(3);
        var run = RunFiles.read(folder());
        var read = new ArrayList<Entry>();
        run.forEach(read::add);
        assertThat(read).isEqualTo(journal(Story.ROOT));
        for (var ref : List.of(small, large, widened))
            assertThat(run.content(ref)).isEqualTo(story.journal.content(ref));
    }

    private static String reference(Ref ref) {
        return "{\"hash\":\"" + ref.hash() + "\",\"size\":1,\"mediaType\":\"text/plain\"}";
    }

    @Test
    void aLastLineThatWasNotWrittenWholeIsPassedOver() throws Exception {
        wholeRun();
        write(FileLimits.standard());
        var file = folder().resolve("events.jsonl");
        var whole = Files.readAllBytes(file);
        int last =
                new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2);
        var all = journal(Story.ROOT);
        for (int end = last + 1; end <= whole.length; end++) {
            Files.write(file, Arrays.copyOf(whole, end));
            int read = end == whole.length ? all.size() : all.size() - 1;
            assertThat(entries(folder())).isEqualTo(all.subList(0, read));
        }
    }

    @Test
    void aLineThatIsNoEntryIsSaidToBeDamaged() throws Exception {
        wholeRun();
        write(FileLimits.standard());
        var file = folder().resolve("events.jsonl");
        var lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(1, "{\"seq\":");
        Files.write(file, lines);
        assertThatThrownBy(() -> entries(folder()))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        damaged -> {
                            assertThat(damaged.failure().code()).isEqualTo("store.damaged");
                            assertThat(damaged.failure().message())
                                    .contains("events.jsonl, line 2");
                        });
    }

    @Test
    void whatIsReadBackIsShownAsItWasAndAsLostIfItsProgramDied() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        story.child(root, "c1", "t0001");
        story.exposed(root, "add_task");
        write(FileLimits.standard());
        var run = RunFiles.read(folder());
        assertThat(run.picture().orElseThrow().progress().words()).isEqualTo("working");
        var folder = new RunFolder(folder());
        folder.write(card().withStanding(new RunCard.Standing(RunCard.LOST, null)));
        assertThat(run.picture().orElseThrow().progress().words()).isEqualTo("lost");
        run.rewriteStatus();
        assertThat(Files.readString(folder().resolve("STATUS.md")))
                .contains("- Status: lost\n", "- t0001 (run-task): lost\n", "`add_task()`")
                .contains("- Summary: Of " + Story.ROOT);
    }

    @Test
    void aFolderWithoutEntriesIsEmpty() {
        var nothing = RunFiles.read(temporary.resolve("none"));
        assertThat(nothing.picture()).isEmpty();
        nothing.rewriteStatus();
        assertThat(temporary.resolve("none")).doesNotExist();
    }
}
