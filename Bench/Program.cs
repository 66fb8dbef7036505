using Orleans.Story.Bench;

return await BenchCommand.Run(args);
