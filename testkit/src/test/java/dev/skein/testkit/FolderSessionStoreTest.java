package dev.skein.testkit;

import dev.skein.session.Durability;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class FolderSessionStoreTest extends SessionStoreContract {
    @Override
    protected SessionStore open(Path place) {
        return SessionStore.inFolder(place.resolve("sessions"), Durability.PROCESS);
    }

    @Override
    protected void damage(Path place, SessionKey key) throws IOException {
        try (var files = Files.newDirectoryStream(place.resolve("sessions"), "*.session")) {
            for (var file : files) {
                var text = Files.readString(file);
                if (text.contains("\"" + key.namespace().key() + "\""))
                    Files.writeString(file, text.replace("\"one\"", "\"eno\""));
            }
        }
    }
}
