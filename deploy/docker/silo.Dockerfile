# syntax=docker/dockerfile:1
# A silo of a cluster. Build from the repository's root:
#   docker build -f deploy/docker/silo.Dockerfile -t orleans-story-silo:0.1.0 .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
# A cluster needs the Orleans engine; the built-in one makes no clusters and says so.
ENV StoryEngine=orleans DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Project files first: packages are restored again only when one of these changed.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig ./
COPY Contracts/Contracts.csproj Contracts/
COPY Rules/Rules.csproj Rules/
COPY Storage/Storage.csproj Storage/
COPY Inference/Inference.csproj Inference/
COPY Grains/Grains.csproj Grains/
COPY Silo/Silo.csproj Silo/
RUN dotnet restore Silo/Silo.csproj
COPY Contracts/ Contracts/
COPY Rules/ Rules/
COPY Storage/ Storage/
COPY Inference/ Inference/
COPY Grains/ Grains/
COPY Silo/ Silo/
# The analyzers spoke when the sources were tested.
RUN dotnet publish Silo/Silo.csproj --no-restore -c Release -o /app -p:UseAppHost=false -p:RunAnalyzers=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
# No diagnostics socket in /tmp: the root file system may be read-only.
ENV DOTNET_EnableDiagnostics=0
# The user "app" of Microsoft's image, by number so that an orchestrator sees that it is not root.
USER 1654
# Silos, gateways, health.
EXPOSE 11111 30000 8081
STOPSIGNAL SIGTERM
# The program asks itself; the image needs no curl. The port is Story__HealthPort's.
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["dotnet", "Orleans.Story.Silo.dll", "health"]
ENTRYPOINT ["dotnet", "Orleans.Story.Silo.dll"]
