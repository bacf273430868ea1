import org.jspecify.annotations.NullMarked;

/** Models of providers behind {@link dev.skein.model.ChatModel}, the offline model, and scripts. */
@NullMarked
module dev.skein.models {
    requires transitive dev.skein.core;

    exports dev.skein.models;

    provides dev.skein.model.Provider with
            dev.skein.models.offline.Offline;
}
