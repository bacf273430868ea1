# Sourced, not run: finds a JDK 25 and exports JAVA_HOME, or says what is missing and ends the caller with status 2.
# For POSIX shells; starts no process unless all usual places are empty, because the launcher pays for it each time.
# A SKEIN_JAVA_HOME that is set must be right; every other place is only looked at.

# Takes $1 if its release file says 25 and it can compile (a runtime without javac cannot).
skein_take_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while read -r skein_line; do
    case $skein_line in JAVA_VERSION=\"25[.\"]*) JAVA_HOME=$1; export JAVA_HOME; return 0 ;; esac
  done <"$1/release"
  return 1
}

skein_find_jdk() {
  if [ -n "${SKEIN_JAVA_HOME:-}" ]; then skein_take_jdk "$SKEIN_JAVA_HOME"; return; fi
  for skein_place in "${JAVA_HOME:-}" /usr/lib/jvm/*25* "${HOME:-}"/.sdkman/candidates/java/25* \
    "${HOME:-}"/.jdks/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/*jdk*25*; do
    if skein_take_jdk "$skein_place"; then return 0; fi
  done
  skein_place=$(readlink -f "$(command -v javac)" 2>/dev/null) && skein_take_jdk "${skein_place%/bin/javac}"
}

if ! skein_find_jdk; then
  if [ -n "${SKEIN_JAVA_HOME:-}" ]; then echo "SKEIN_JAVA_HOME ($SKEIN_JAVA_HOME) is not a JDK 25." >&2
  else echo "Skein needs a JDK 25 and found none (a runtime without javac is not enough)." >&2; fi
  echo "Install one, for example Temurin 25 from https://adoptium.net, or set SKEIN_JAVA_HOME to its folder." >&2
  exit 2
fi
