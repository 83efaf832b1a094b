using MyriadSync.Cli;
using MyriadSync.Cli.Types;

return args switch
{
    ["types", .. var rest] => await TypesCommand.RunAsync(rest),
    ["remap", .. var rest] => await RemapCommand.RunAsync(rest),
    ["rebuild", .. var rest] => await RebuildCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(TypesCommand.Help);
    Console.Error.WriteLine(RemapCommand.Help);
    Console.Error.WriteLine(RebuildCommand.Help);
    return 2;
}
