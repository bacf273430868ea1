package dev.skein.checks;

import dev.skein.machine.Image;
import dev.skein.machine.LocalImage;
import dev.skein.testkit.MachineContract;
import java.nio.file.Path;

class LocalMachineTest extends MachineContract {
    @Override
    protected Image image(Path folder) {
        return LocalImage.unsafe(folder);
    }
}
