using System.Globalization;

namespace MyriadSync.DevStack.Commands;

/// <summary>What is printed once everything answers.</summary>
internal static class Greeting
{
    public static string Of(LocalStack stack)
    {
        var azurite = stack.Azurite.Options;
        var cluster = stack.Emulator is { } emulator
            ? $"""
              HBase REST   {Text(emulator.HBaseAddress)}  (emulator)
              scheduler    {Text(emulator.SchedulerAddress)}  (emulator)
            """
            : $"  HBase REST   {Text(stack.HBaseAddress)}";
        var demo = stack.Options.Demo
            ? $"""
              demo         {Text(stack.BaseAddress)}/demo

            """
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            MyriadSync is ready: {Text(stack.BaseAddress)}
            {demo}  API          {Text(stack.BaseAddress)}/api/v1
              token        POST {Text(stack.BaseAddress)}/dev/token
            {cluster}
              storage      Azurite on ports {azurite.BlobPort}, {azurite.QueuePort}, {azurite.TablePort}
              data         {Path.GetFullPath(stack.Options.Data!)}
              docs         README.md, docs/API.md
            Ctrl+C stops all of it.

            """);
    }

    private static string Text(Uri address) => address.ToString().TrimEnd('/');
}
