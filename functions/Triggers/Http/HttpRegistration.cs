using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyriadSync.Configuration;

namespace MyriadSync.Triggers.Http;

/// <summary>Registers what the HTTP functions need, and the steps before them.</summary>
internal static class HttpRegistration
{
    /// <summary>Options (sections <c>Api</c>, <c>Auth</c>), token validation, health, and the middleware: errors outermost, then who calls.</summary>
    public static FunctionsApplicationBuilder AddHttpApi(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiOptions>().Bind(builder.Configuration.GetSection("Api")).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddTokenValidation(builder.Configuration);
        builder.Services.AddSingleton<HealthBoard>();
        builder.Services.AddSingleton<RxDbGate>();
        builder.Services.AddSingleton<ConflictGate>();
        builder.UseMiddleware<ErrorMiddleware>();
        builder.UseMiddleware<AuthenticationMiddleware>();
        return builder;
    }
}
