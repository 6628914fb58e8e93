#!/bin/sh
# Builds what is missing and runs a program of the package com.lpai.architecture.campaign.
# The first argument is the program, the others are its own.
cd "$(dirname "$0")/../.." || exit 1
. ./.mvn/jdk.sh
set -eu
./mvnw -q -Dverification.skip -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/campaign-classpath
program=$1
shift
exec "$JAVA_HOME/bin/java" -Duser.timezone=UTC -Duser.language=en -Dslf4j.internal.verbosity=ERROR \
  -cp "architecture-tests/target/test-classes:$(cat architecture-tests/target/campaign-classpath)" \
  "com.lpai.architecture.campaign.$program" "$@"
