package dev.skein.event;

/** The lower-snake-case name of each kind, made once per kind. */
final class KindNames {
    static final ClassValue<String> OF =
            new ClassValue<>() {
                @Override
                protected String computeValue(Class<?> kind) {
                    return snakeCase(kind.getSimpleName());
                }
            };

    private KindNames() {}

    static String snakeCase(String name) {
        var snake = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0) snake.append('_');
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }
}
