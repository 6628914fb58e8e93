#!/bin/sh
# kill -9 of servers and database while webhooks come: dev/campaign/README.md
# Options: --kills N --seed N --report FILE
exec "$(dirname "$0")/run.sh" WebhookCampaign "$@"
