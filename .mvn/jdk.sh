# Sourced by mvnw: makes JAVA_HOME the newest JDK of 21 or above on this machine, whatever `java` is on the PATH.
# POSIX sh. A JDK is told by its `release` file and its bin/javac.

lpai_jdk_best=
lpai_jdk_best_version=20

lpai_jdk_consider() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  lpai_jdk_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  case $lpai_jdk_version in '' | *[!0-9]*) return 0 ;; esac
  if [ "$lpai_jdk_version" -gt "$lpai_jdk_best_version" ]; then
    lpai_jdk_best=$1
    lpai_jdk_best_version=$lpai_jdk_version
  fi
}

# A JAVA_HOME that is new enough is the user's choice and stays.
lpai_jdk_consider "${JAVA_HOME:-/nonexistent}"
if [ -z "$lpai_jdk_best" ]; then
  lpai_javac=$(command -v javac 2>/dev/null || :)
  if [ -n "$lpai_javac" ]; then
    lpai_javac=$(readlink -f "$lpai_javac" 2>/dev/null || printf %s "$lpai_javac")
    lpai_jdk_consider "${lpai_javac%/bin/javac}"
  fi
  for lpai_jdk in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.jbang/cache/jdks/*; do
    lpai_jdk_consider "$lpai_jdk"
  done
fi

if [ -z "$lpai_jdk_best" ]; then
  echo "LPai needs a JDK of version 21 or newer (25 is best). None was found in JAVA_HOME, on the PATH, in the usual JVM folders, SDKMAN or an IDE's folder." >&2
  echo "Install one (https://adoptium.net), or point JAVA_HOME to it, and run the same command again." >&2
  exit 1
fi
JAVA_HOME=$lpai_jdk_best
export JAVA_HOME

# `./mvnw` alone means "build and start": the default goal, without the tests and checks of `./mvnw verify`.
if [ "$#" -eq 0 ]; then
  set -- -q -DskipTests -Dverification.skip
fi
