using Microsoft.Azure.Functions.Worker.Builder;
using MyriadSync.Myriad.HBase;
using MyriadSync.Triggers.Http;

namespace MyriadSync.Configuration;

/// <summary>Puts the app together.</summary>
public static class MyriadSyncRegistration
{
    /// <summary>Registers everything that the functions need, from the builder's configuration. Whatever is missing or wrong there is told at start.</summary>
    public static FunctionsApplicationBuilder AddMyriadSync(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddPipeline(builder.Configuration);
        builder.Services.AddHBase(builder.Configuration);
        builder.AddHttpApi();
        return builder;
    }
}
