# syntax=docker/dockerfile:1
# Shipmate runs TypeScript as it is: there is nothing to build. Pin the digest in your own copy: node:24-slim@sha256:…
FROM node:24-slim

ENV NODE_ENV=production \
    DATABASE_URL=sqlite:/data/shipmate.db \
    SHIPMATE_CONFIG=/etc/shipmate/shipmate.yml \
    HEALTH_PORT=9080

WORKDIR /app

# No install script is run: no dependency needs what its script would build.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force

COPY src ./src

# The user `node` of the image, by number, so that an engine can tell that it isn't root.
RUN install -d -o 1000 -g 1000 -m 0700 /data
USER 1000:1000
VOLUME /data

EXPOSE 9080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["node", "src/observability/health-probe.ts"]
STOPSIGNAL SIGTERM
CMD ["node", "src/main.ts"]
