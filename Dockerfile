# syntax=docker/dockerfile:1
# Pin the digest in your own copy: node:24-slim@sha256:…
FROM node:24-slim AS build

WORKDIR /build

# No install script is run: no dependency needs what its script would build.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

COPY rolldown.config.ts ./
COPY src ./src
RUN npm run build

FROM node:24-slim

# One arena for malloc: more of them keep some 12 MB that nobody uses.
ENV NODE_ENV=production \
    DATABASE_URL=sqlite:/data/shipmate.db \
    SHIPMATE_CONFIG=/etc/shipmate/shipmate.yml \
    HEALTH_PORT=9080 \
    MALLOC_ARENA_MAX=1

WORKDIR /app

# package.json says that dist/ holds ES modules.
COPY package.json ./
COPY --from=build /build/dist ./dist

# The user `node` of the image, by number, so that an engine can tell that it isn't root.
RUN install -d -o 1000 -g 1000 -m 0700 /data
USER 1000:1000
VOLUME /data

EXPOSE 9080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["node", "dist/health-probe.js"]
STOPSIGNAL SIGTERM
# The flags keep the heap small: docs/decisions/0008-one-file-in-the-image.md has the numbers.
CMD ["node", "--max-semi-space-size=1", "--optimize-for-size", "dist/shipmate.js"]
