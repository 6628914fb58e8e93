#!/bin/sh
# seeds of the model of the two-way sync on real processes: dev/campaign/README.md
# Options: --seeds N --seed N --report FILE
exec "$(dirname "$0")/run.sh" ModelCampaign "$@"
