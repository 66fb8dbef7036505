# syntax=docker/dockerfile:1
# A gateway with its pages and the films of this checkout. Build from the repository's root:
#   docker build -f deploy/docker/gateway.Dockerfile -t orleans-story-gateway:0.1.0 .
FROM node:22-bookworm-slim AS web
WORKDIR /src/Gateway/Web
COPY Gateway/Web/package.json Gateway/Web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY Gateway/Web/ ./
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
ENV StoryEngine=orleans DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig ./
COPY Contracts/Contracts.csproj Contracts/
COPY Rules/Rules.csproj Rules/
COPY Storage/Storage.csproj Storage/
COPY Inference/Inference.csproj Inference/
COPY Grains/Grains.csproj Grains/
COPY Silo/Silo.csproj Silo/
COPY Gateway/Gateway.csproj Gateway/Web.targets Gateway/
RUN dotnet restore Gateway/Gateway.csproj
COPY Contracts/ Contracts/
COPY Rules/ Rules/
COPY Storage/ Storage/
COPY Inference/ Inference/
COPY Grains/ Grains/
COPY Silo/ Silo/
COPY Gateway/ Gateway/
COPY Films/ Films/
# The build takes the pages from dist and builds them only where Web/package.json is: they come from the stage that has Node.
RUN rm -rf Gateway/Web
COPY --from=web /src/Gateway/Web/dist/ Gateway/Web/dist/
RUN dotnet publish Gateway/Gateway.csproj --no-restore -c Release -o /app -p:UseAppHost=false -p:RunAnalyzers=false \
    && test -f /app/web/index.html && mkdir /data /films && chown 1654:1654 /data /films

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
# A volume that is mounted there for the first time takes the folder's owner.
COPY --from=build --chown=1654:1654 /data /data
COPY --from=build --chown=1654:1654 /films /films
ENV DOTNET_EnableDiagnostics=0
USER 1654
EXPOSE 5080
STOPSIGNAL SIGTERM
# The program asks itself; the image needs no curl. Another --port is named here too: health --port N.
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["dotnet", "Orleans.Story.Gateway.dll", "health"]
ENTRYPOINT ["dotnet", "Orleans.Story.Gateway.dll"]
CMD ["--port", "5080", "--data", "/data"]
