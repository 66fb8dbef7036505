using Orleans.Story.Gateway.Hosting;

return await GatewayCommand.Run(args);
