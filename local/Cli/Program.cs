using MyriadSync.Cli.Types;

return args switch
{
    ["types", .. var rest] => await TypesCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(TypesCommand.Help);
    return 2;
}
