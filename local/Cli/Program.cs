using MyriadSync.Cli;
using MyriadSync.Cli.Types;

return args switch
{
    ["types", .. var rest] => await TypesCommand.RunAsync(rest),
    ["remap", .. var rest] => await RemapCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(TypesCommand.Help);
    Console.Error.WriteLine(RemapCommand.Help);
    return 2;
}
