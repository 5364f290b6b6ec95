using Retort.Twin;

if (TwinFolder.Find(AppContext.BaseDirectory) is not { } folder)
{
    Console.Error.WriteLine($"Error: the twin's templates and files were not found. Put them beside the repository, in {TwinFolder.Place}.");
    return 1;
}
TwinApp.Make(folder).Run(args.Length > 0 ? args : ["run"]);
return 0;
