#!/bin/sh
# kill -9 of the servers that copy a location: dev/campaign/README.md
# Options: --kills N --seed N --report FILE
exec "$(dirname "$0")/run.sh" SetupCampaign "$@"
