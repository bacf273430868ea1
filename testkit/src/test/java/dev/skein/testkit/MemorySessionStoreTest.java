package dev.skein.testkit;

import dev.skein.session.SessionStore;
import java.nio.file.Path;
import java.util.Map;

class MemorySessionStoreTest extends SessionStoreContract {
    @Override
    protected SessionStore open(Path place) {
        return SessionStore.inMemory();
    }

    @Override
    protected Map<Trait, String> lacks() {
        return Map.of(
                Trait.REOPENING, "it is gone with the process",
                Trait.SHARING, "each has a memory of its own",
                Trait.DAMAGE, "nobody else can reach what it keeps");
    }
}
