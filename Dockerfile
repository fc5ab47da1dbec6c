# One image for all of it: the command chooses API, worker or the one-shot preparation.

FROM node:24-slim AS build
WORKDIR /app
# Prisma would fetch a migration engine; none is used (prisma/migrate.ts), and any file satisfies it.
ENV PRISMA_SCHEMA_ENGINE_BINARY=/bin/true
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production
# The Temporal SDK's native part needs the system's certificates to reach a server by TLS.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/prisma/migrations ./prisma/migrations
COPY --from=build /app/prisma/functions ./prisma/functions
# The worker bundles the workflows from dist/ in memory at its start and writes nothing to the disk.
USER node
EXPOSE 3400
CMD ["node", "dist/api/main.js"]
