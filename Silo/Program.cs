using Orleans.Story.Silo.Hosting;

return await SiloCommand.Run(args);
