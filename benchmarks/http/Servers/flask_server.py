from flask import Flask, Response, render_template, request, session

app = Flask(__name__)
app.secret_key = "benchmark"
app.json.sort_keys = False

rows = [
    {"id": id, "text": f"<script>alert({id})</script> & co" if id % 3 == 0
     else f"A computer scientist is someone who fixes things that are not broken, {id}"}
    for id in range(1, 14)
]


@app.get("/plaintext")
def plaintext():
    return Response("Hello, World!", mimetype="text/plain")


@app.get("/json")
def json():
    return {"message": "Hello, World!"}


@app.get("/posts/<int:id>")
def by_number(id):
    return f"post {id}"


@app.get("/search")
def search():
    return f"{request.args['q']}, page {request.args.get('page', 1, int)}"


@app.post("/echo")
def echo():
    person = request.get_json()
    return {"name": person["name"], "age": person["age"], "tags": person["tags"]}


@app.post("/form")
def form():
    return f"{request.form['name']} is {request.form.get('age', type=int)}"


for area in range(500):
    app.add_url_rule(f"/area/{area}/items/<int:id>", f"area_{area}", lambda id, area=area: f"item {id} of area {area}")


@app.get("/users/<name>/posts/<int:id>")
def post(name, id):
    return f"{name} wrote post {id}"


@app.get("/counter")
def counter():
    session["count"] = session.get("count", 0) + 1
    return str(session["count"])


@app.get("/page")
def page():
    return render_template("page.html", rows=rows)
