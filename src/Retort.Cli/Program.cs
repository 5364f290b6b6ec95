return Retort.Cli.RetortCommand.Run(args, Console.Out, Console.Error);
