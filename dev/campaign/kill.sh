#!/bin/sh
# kill -9 of database and server under load: dev/campaign/README.md
# Options: --rounds N --seed N --report FILE
exec "$(dirname "$0")/run.sh" KillCampaign "$@"
