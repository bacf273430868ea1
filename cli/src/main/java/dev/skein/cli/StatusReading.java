package dev.skein.cli;

import dev.skein.failure.Invalid;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.home.RunCard;
import dev.skein.home.RunFolder;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.policy.Timekeeper;
import dev.skein.view.RunFiles;
import dev.skein.view.RunPicture;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Finds out all about a run: a live one from its runtime, one that has ended from its files. */
record StatusReading(Chosen chosen, Duration patience) {
    private static final JsonType<RunPicture> PICTURE = JsonType.of(RunPicture.class);

    StatusText of(Chosen.Run run, Instant now) throws InterruptedException {
        var picture = picture(run);
        return switch (run) {
            case Chosen.Run.Live(var live) -> new StatusText(picture, host(live), now);
            case Chosen.Run.Ended(var folder) -> new StatusText(picture, host(folder), now);
        };
    }

    RunPicture picture(Chosen.Run run) throws InterruptedException {
        return switch (run) {
            case Chosen.Run.Live(var live) -> picture(live);
            case Chosen.Run.Ended(var folder) -> picture(folder);
        };
    }

    private RunPicture picture(LiveRun live) throws InterruptedException {
        try (var client = live.open(Timekeeper.system())) {
            return decoded(client.get(live.route("/status"), patience));
        } catch (SkeinException e) {
            return picture(chosen.endedSince(live, e));
        }
    }

    private static RunPicture picture(RunFolder folder) {
        return RunFiles.read(folder.path())
                .picture()
                .orElseThrow(() -> new SkeinException(new Missing.Run(folder.id())));
    }

    private static RunPicture decoded(Json json) {
        if (PICTURE.decode(json) instanceof Decoded.Ok<RunPicture>(var picture, _)) return picture;
        throw new SkeinException(
                new Invalid.Body(
                        "the status",
                        "is not one that this version knows",
                        "Use the same version of Skein on both sides."));
    }

    private StatusText.Host host(LiveRun live) {
        var folder = chosen.folder(live.id());
        var runtime = live.runtime().card();
        return new StatusText.Host(
                runtime.program(),
                runtime.process().pid(),
                folder.flatMap(Chosen::card).map(RunCard::summary).orElse(""),
                folder.map(RunFolder::path).orElse(null));
    }

    private static StatusText.Host host(RunFolder folder) {
        Optional<RunCard> card = Chosen.card(folder);
        return new StatusText.Host(
                card.map(one -> one.host().program()).orElse(""),
                card.map(one -> one.host().pid()).orElse(0L),
                card.map(RunCard::summary).orElse(""),
                folder.path());
    }
}
