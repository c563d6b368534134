# .ci/production.sh carries out the FROM, WORKDIR, ENV, COPY and RUN lines of this file without Docker, so keep each
# of them to what works in any folder: relative destinations, named sources, no system packages.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json build.js ./
RUN npm ci --ignore-scripts
COPY src ./src
RUN npm run build

# A stage of its own, so that npm's cache stays out of the image.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim AS runtime
ENV NODE_ENV=production
WORKDIR /app
COPY package.json LICENSE ./
# The build holds all packages but this one, which is for browsers.
COPY --from=packages /app/node_modules/swagger-ui-dist ./node_modules/swagger-ui-dist
COPY --from=build /app/dist ./dist
COPY mappings ./mappings
COPY config ./config
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
# Alive, not ready: an outage of the CRM is no reason to start the gateway anew.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Mount your own configuration as /config. Secrets come from the environment it names, never from the image.
CMD ["node", "dist/main.js", "serve", "--config", "/config/klantbrug.yaml"]
