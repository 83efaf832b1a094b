using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MyriadSync.UnitTests.Triggers.Http;

/// <summary>An invocation of a function of a given name, with an HTTP context or without.</summary>
internal sealed class FakeFunctionContext : FunctionContext
{
    public FakeFunctionContext(string name, HttpContext? http)
    {
        FunctionDefinition = new Definition(name);
        if (http is not null)
            Items["HttpRequestContext"] = http;
    }

    public override string InvocationId => "i";

    public override string FunctionId => "f";

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; } = null!;

    public override FunctionDefinition FunctionDefinition { get; }

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => throw new NotSupportedException();

    private sealed class Definition(string name) : FunctionDefinition
    {
        public override string PathToAssembly => "";

        public override string EntryPoint => "";

        public override string Id => "f";

        public override string Name => name;
    }
}
